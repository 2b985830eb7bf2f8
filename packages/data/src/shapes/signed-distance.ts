import type { Outline } from './outlines';

/**
 * Signed distance from a point to an outline, negative inside; an outline without corners is the unit
 * circle. The polygon's distance is the one of Inigo Quilez, "2D distance functions"
 * (https://iquilezles.org/articles/distfunctions2d/).
 */
export function signedDistance(outline: Outline, x: number, y: number): number {
  if (outline.length === 0) return Math.sqrt(x * x + y * y) - 1;
  let squared = Number.POSITIVE_INFINITY;
  let inside = false;
  let fromX = outline[outline.length - 2] as number;
  let fromY = outline[outline.length - 1] as number;
  for (let index = 0; index < outline.length; index += 2) {
    const toX = outline[index] as number;
    const toY = outline[index + 1] as number;
    const edgeX = fromX - toX;
    const edgeY = fromY - toY;
    const pointX = x - toX;
    const pointY = y - toY;
    const along = (pointX * edgeX + pointY * edgeY) / (edgeX * edgeX + edgeY * edgeY);
    const clamped = Math.min(Math.max(along, 0), 1);
    const awayX = pointX - edgeX * clamped;
    const awayY = pointY - edgeY * clamped;
    const distance = awayX * awayX + awayY * awayY;
    if (distance < squared) squared = distance;
    if (toY > y !== fromY > y && pointX < (edgeX * pointY) / edgeY) inside = !inside;
    fromX = toX;
    fromY = toY;
  }
  return inside ? -Math.sqrt(squared) : Math.sqrt(squared);
}
