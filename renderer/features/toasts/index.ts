export { ToastViewport } from './ToastViewport.tsx';
export { showToast, type Toast, type ToastTone } from './toastStore.ts';
