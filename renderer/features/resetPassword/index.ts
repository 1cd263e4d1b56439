export { ResetPasswordScreen } from './ResetPasswordScreen.tsx';
export { resetAddress } from './resetLink.ts';
export { useResetLink } from './useResetLink.ts';
