import { useState } from 'react';
import type { CustomerId } from '../../../../shared/model/ids.ts';
import { useViewer } from '../../../api/desk.ts';
import { useUi } from '../../../stores/index.ts';
import { Notice } from '../../../ui/index.ts';
import { CustomerListPage, type ListPlace } from './CustomerListPage.tsx';
import { CustomerPage } from './CustomerPage.tsx';
import { NewCustomer } from './NewCustomer.tsx';

const show = (customerId?: CustomerId) =>
  useUi.getState().go({ kind: 'setup', section: 'customers', ...(customerId ? { customerId } : {}) });

const START: ListPlace = { text: '', filter: 'all', active: 0, from: null };

function Customers() {
  const here = useUi((state) => state.place);
  const customerId = here.kind === 'setup' ? here.customerId : undefined;
  const [isNew, setNew] = useState(false);
  // Kept here, so that going back finds the list where it was left.
  const [place, setPlace] = useState(START);
  if (customerId !== undefined)
    return (
      <CustomerPage
        key={customerId}
        customerId={customerId}
        onBack={() => {
          // A deletion that is answered late does not call back who went on to something else.
          if (useUi.getState().place !== here) return;
          setPlace({ ...place, from: 'one' });
          show();
        }}
      />
    );
  if (isNew)
    return (
      <NewCustomer
        onMade={(id) => {
          setNew(false);
          show(id);
        }}
        onCancel={() => {
          setNew(false);
          setPlace({ ...place, from: 'new' });
        }}
      />
    );
  return <CustomerListPage place={place} onPlace={setPlace} onOpen={show} onNew={() => setNew(true)} />;
}

/** Who writes to the desk: find, change, block, merge, delete. */
export function CustomersSection() {
  const isAdmin = useViewer()?.staff.role === 'admin';
  return isAdmin ? <Customers /> : <Notice>Only administrators see the list and change customers.</Notice>;
}
