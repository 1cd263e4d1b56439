export { ToastViewport } from './ToastViewport.tsx';
export { forgetToasts, showToast } from './toastStore.ts';
