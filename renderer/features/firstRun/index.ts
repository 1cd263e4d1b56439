export { CheckList } from './CheckList.tsx';
export { FirstRunScreen } from './FirstRunScreen.tsx';
