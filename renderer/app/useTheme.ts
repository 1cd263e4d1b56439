import { useEffect } from 'react';
import { desktop } from '../desktop/index.ts';
import { useUi } from '../stores/index.ts';

/** Puts the chosen theme on <html> and tells the shell (title bar, native menus). */
export function useTheme(): void {
  const theme = useUi((state) => state.theme);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset.theme;
    else dataset.theme = theme;
    void desktop.setTheme(theme);
  }, [theme]);
}
