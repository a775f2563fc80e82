/**
 * Draws an SVG with resvg and the fonts of the package dejavu-fonts-ttf, so it looks the same on every computer. The
 * fonts are read and the picture is drawn on a thread of Node's pool; only packing it as PNG takes the event loop.
 */
import { fileURLToPath } from 'node:url';

const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

/** Rejects when the SVG is not one, or when resvg is not made for this computer. */
export async function drawPng(svg: string): Promise<Uint8Array> {
  // Loaded with the first picture, so that a bot whose resvg cannot load still starts.
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
