/** One entry of a tar archive, good or not. */
export interface TarBlocks {
  readonly path: string;
  readonly content?: string | Uint8Array;
  /** Type flag. Default: a regular file. */
  readonly kind?: string;
  /** Target of a link. */
  readonly link?: string;
  readonly prefix?: string;
  /** Written over the size field. */
  readonly size?: string;
}

/** The header and the padded content of one entry, made by hand, as no packer would. 1,024 zeros end an archive. */
export function tarBlocks({
  path,
  content = '',
  kind = '0',
  link = '',
  prefix = '',
  size,
}: TarBlocks): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(path, 0, 'utf8');
  header.write('0000644\0', 100);
  header.write(size ?? `${bytes.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write('        ', 148);
  header.write(kind, 156);
  header.write(link, 157);
  header.write('ustar\x0000', 257);
  header.write(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512);
  return Buffer.concat([header, bytes, padding]);
}
