/**
 * Draws an SVG with resvg. The fonts come from the package dejavu-fonts-ttf, so the picture looks the same on every
 * computer. The fonts are read and the picture is drawn on Node's thread pool. Only the PNG encoding runs on the main
 * thread.
 */
import { fileURLToPath } from 'node:url';

const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

/** Draws `svg` as a PNG. Rejects if `svg` is invalid or if resvg is not available for this platform. */
export async function drawPng(svg: string): Promise<Uint8Array> {
  // resvg is imported when a picture is drawn, so that the bot also starts on platforms where resvg cannot be loaded.
  const { renderAsync } = await import('@resvg/resvg-js');
  const folder = new URL('ttf/', import.meta.resolve('dejavu-fonts-ttf/package.json'));
  const image = await renderAsync(svg, {
    font: {
      loadSystemFonts: false,
      fontFiles: fontFiles.map((name) => fileURLToPath(new URL(name, folder))),
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return image.asPng();
}
