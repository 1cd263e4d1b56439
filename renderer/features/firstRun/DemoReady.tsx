import { Button, CopyField, Screen } from '../../ui/index.ts';

/** The demo desk stands; its password is shown this once. */
export function DemoReady({ password, onOpen }: { password: string; onOpen: () => void }) {
  return (
    <Screen
      title="The demo desk is ready"
      lead="Everything in it is made up: try what you like. You are signed in; to come back later, keep these."
    >
      <div className="flex flex-col gap-5">
        <CopyField label="User name" value="demo" />
        <CopyField label="Password" value={password} />
      </div>
      <Button variant="primary" className="mt-7" onClick={onOpen}>
        Open the desk
      </Button>
    </Screen>
  );
}
