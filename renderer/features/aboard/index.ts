export { AboardScreen } from './AboardScreen.tsx';
export { MegabytesField } from './MegabytesField.tsx';
export { bytesOfMegabytes, MEGABYTES_SENTENCE, megabytesOf } from './megabytes.ts';
export { ABOARD_KEYS, openAboard } from './openAboard.ts';
