export { ToastViewport } from './ToastViewport.tsx';
export { forgetToasts, showToast, type Toast, type ToastTone } from './toastStore.ts';
