// Runs before the first paint: the theme and the language that were chosen last.
import { storedLang, storedTheme } from "./model/stored";

const theme = storedTheme();
if (theme !== "auto") document.documentElement.dataset.theme = theme;
document.documentElement.lang = storedLang() === "zh" ? "zh-CN" : "en";
