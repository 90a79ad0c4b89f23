// Before the first paint: the theme that was chosen on this device (src/ui/browser/theme.ts). A blocking file of its own, because
// the content security policy allows no inline script and a module would run after the first paint.
try {
  const theme = localStorage.getItem('threefold.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage can be blocked; then the system's theme is the right one.
}
