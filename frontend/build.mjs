// Builds everything the browser and the PDF maker need into build/: the theme, one stylesheet, the scripts, the icon
// sprite and the fonts. Nothing of it is committed; `make` runs this after `npm ci`.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const OUT = "build/static/omtanke";
mkdirSync(OUT, { recursive: true });
mkdirSync("build/collected", { recursive: true });

const designsystemet = (...args) =>
  execFileSync(
    "node_modules/.bin/designsystemet",
    ["tokens", ...args, "--config", "frontend/designsystemet.config.json"],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
designsystemet("create");
designsystemet("build", "-t", "build/design-tokens", "-o", "build/theme");

const shared = { bundle: true, minify: true, sourcemap: true, logLevel: "warning", outdir: OUT };
const scripts = readdirSync("frontend").filter((name) => /\.(js|css)$/.test(name));
await build({
  ...shared,
  entryPoints: scripts.map((name) => `frontend/${name}`),
  format: "esm",
  target: ["es2022"],
  loader: { ".woff2": "file", ".png": "dataurl" },
  assetNames: "fonts/[name]",
});

// One sprite with only the icons we use: frontend/icons.txt names them.
const icons = readFileSync("frontend/icons.txt", "utf8").split(/\s+/).filter(Boolean);
const symbols = icons.map((name) => {
  const svg = readFileSync(`node_modules/@navikt/aksel-icons/dist/svg/${name}.svg`, "utf8");
  const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none">${inner}</symbol>`;
});
writeFileSync(`${OUT}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);

// Fonts for PDF (typst reads TTF).
mkdirSync("build/fonts", { recursive: true });
for (const weight of ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold"]) {
  const file = `AtkinsonHyperlegibleNext_${weight}.ttf`;
  cpSync(`node_modules/@expo-google-fonts/atkinson-hyperlegible-next/${weight}/${file}`, `build/fonts/${file}`);
}
