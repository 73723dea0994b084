// Runs before the first paint, so that a remembered theme never flashes the other one.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem("hmic.theme");
  } catch {
    // Storage may be refused; the system's own preference then decides.
  }
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
})();
