export { FirstRunScreen } from './FirstRunScreen.tsx';
