// Before the first paint, and a file of its own because the content security policy allows no inline script: a member
// who chose dark must not be shown a white flash. The key is that of src/ui/theme.ts.
try {
  const theme = localStorage.getItem('paperboard:theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is denied: the system's choice holds.
}
