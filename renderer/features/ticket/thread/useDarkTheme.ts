import { useMediaQuery } from '../../../app/useMediaQuery.ts';
import { useUi } from '../../../stores/index.ts';

/** Whether the window is dark now, by choice or by the system. */
export function useDarkTheme(): boolean {
  const theme = useUi((state) => state.theme);
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)');
  return theme === 'system' ? systemIsDark : theme === 'dark';
}
