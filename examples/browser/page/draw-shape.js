// A picture to ask about: one shape of one hue before a background of another, in the range of colours that the networks
// were trained on: pale and light before deep and dark.
const hues = { red: 0, orange: 45, lime: 90, green: 135, cyan: 180, blue: 225, violet: 270, magenta: 315 };
const radii = { small: 0.18, medium: 0.225, large: 0.265 };
const oneOf = (values) => values[Math.floor(Math.random() * values.length)];

/** Draws something at random on a canvas, and says what. */
export function drawShape(canvas) {
  const truth = {
    shape: oneOf(['circle', 'square']),
    'object-hue': oneOf(Object.keys(hues)),
    size: oneOf(Object.keys(radii)),
    'background-hue': oneOf(Object.keys(hues)),
  };
  const context = canvas.getContext('2d');
  context.fillStyle = `hsl(${hues[truth['background-hue']]} 43% 16%)`;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = `hsl(${hues[truth['object-hue']]} 55% 60%)`;
  const [x, y] = [canvas.width / 2, canvas.height / 2];
  const radius = radii[truth.size] * canvas.height;
  context.beginPath();
  if (truth.shape === 'circle') context.arc(x, y, radius, 0, 2 * Math.PI);
  // Of the same area as the circle.
  else context.rect(x - 0.886 * radius, y - 0.886 * radius, 1.772 * radius, 1.772 * radius);
  context.fill();
  return truth;
}
