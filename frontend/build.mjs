// Builds evenhand/static/built from this folder: one style sheet, one script, a one-line script that runs first, the typeface
// and the mark. Run by script/build-frontend, which decides whether there is anything to do.

import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { compile } from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, "evenhand", "static", "built");
const browsers = ["chrome109", "firefox115", "safari15.6", "edge109"];
const typeface = join(root, "node_modules", "@fontsource-variable", "atkinson-hyperlegible-next");

async function buildStyle() {
  const { css } = compile(join(root, "frontend", "style", "evenhand.scss"), {
    loadPaths: [join(root, "node_modules"), root],
    quietDeps: true,
  });
  const { code } = await transform(css, { loader: "css", minify: true, target: browsers, legalComments: "none" });
  await writeFile(join(built, "evenhand.css"), code);
}

async function buildScripts() {
  await build({
    entryPoints: {
      evenhand: join(root, "frontend", "behaviour", "evenhand.js"),
      supported: join(root, "frontend", "behaviour", "supported.js"),
    },
    outdir: built,
    bundle: true,
    minify: true,
    format: "iife",
    target: browsers,
    legalComments: "none",
  });
}

async function copyTypeface() {
  await mkdir(join(built, "typeface"));
  for (const script of ["latin", "latin-ext"]) {
    const name = `atkinson-hyperlegible-next-${script}-wght-normal.woff2`;
    await cp(join(typeface, "files", name), join(built, "typeface", `${script}.woff2`));
  }
}

const copyImages = () => cp(join(root, "frontend", "image"), built, { recursive: true });

// The licences of what is inside the built files travel with them.
async function gatherLicences() {
  const ours = await readFile(join(root, "frontend", "licences.txt"), "utf8");
  await writeFile(join(built, "LICENCES.txt"), ours + (await readFile(join(typeface, "LICENSE"), "utf8")));
}

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
await Promise.all([buildStyle(), buildScripts(), copyTypeface(), copyImages(), gatherLicences()]);
