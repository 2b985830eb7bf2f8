export { findPictures } from './image-folder/find-pictures';
export { type ImageFolderOptions, imageFolder } from './image-folder/image-folder';
export type { ImageFolderLimits } from './image-folder/limits';
export { type ReadPicturesOptions, readPictures } from './image-folder/read-pictures';
export { pictureDataUri } from './pictures/picture-data-uri';
