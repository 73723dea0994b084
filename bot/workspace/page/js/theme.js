// Light or dark: the system's choice until the person makes one, which is remembered.

const dark = matchMedia("(prefers-color-scheme: dark)");

export const currentTheme = () => document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light");

/** Changes to the other theme and remembers it. theme-boot.js reads the same key before the first paint. */
export function toggleTheme() {
  const theme = currentTheme() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("hmic.theme", theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export const onSystemTheme = (listener) => dark.addEventListener("change", listener);
