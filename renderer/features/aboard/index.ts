export { AboardScreen } from './AboardScreen.tsx';
export { ABOARD_KEYS, openAboard } from './openAboard.ts';
