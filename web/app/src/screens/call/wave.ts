// Draws the two channels: caller above the line, agent below, what has been heard in colour.

import type { Peaks } from '../../api/wire';

/** Bars of two pixels with one between: fine enough to see words, coarse enough to be calm. */
const BAR_PX = 2;
const STEP_PX = 3;

/** The peaks are 0…255; the loudest of each bar's part is its height. */
export function barHeights(peaks: number[], bars: number): number[] {
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / bars);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars));
    let loudest = 0;
    for (let place = from; place < to; place++) loudest = Math.max(loudest, peaks[place] ?? 0);
    return loudest / 255;
  });
}

export function drawWave(canvas: HTMLCanvasElement, peaks: Peaks | undefined, share: number): void {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const colour = (name: string) => style.getPropertyValue(`--color-${name}`).trim();
  const middle = height / 2;
  const heard = share * width;
  if (peaks) {
    const bars = Math.floor(width / STEP_PX);
    const tallest = middle - 4;
    const draw = (heights: number[], up: boolean, tone: string) => {
      heights.forEach((level, bar) => {
        const x = bar * STEP_PX;
        const tall = Math.max(1, level * tallest);
        pen.fillStyle = colour(x < heard ? tone : 'edge');
        pen.fillRect(x, up ? middle - tall : middle + 1, BAR_PX, tall);
      });
    };
    draw(barHeights(peaks.left, bars), true, 'accent');
    draw(barHeights(peaks.right, bars), false, 'talking');
  }
  pen.fillStyle = colour('line');
  pen.fillRect(0, middle, width, 1);
  pen.fillStyle = colour('ink');
  pen.fillRect(Math.min(heard, width - 2), 0, 2, height);
}
