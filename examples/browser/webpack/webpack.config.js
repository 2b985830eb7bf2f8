import { fileURLToPath } from 'node:url';
import HtmlWebpackPlugin from 'html-webpack-plugin';

export default {
  mode: 'production',
  entry: fileURLToPath(new URL('../page/main.js', import.meta.url)),
  output: { path: fileURLToPath(new URL('dist/', import.meta.url)) },
  plugins: [new HtmlWebpackPlugin({ title: 'factornet, built by webpack' })],
};
