/** Pictures about things of slices: kept small, without metadata, named by their hash. */
export { PictureQuery, PictureView, presentPicture } from './contract.ts'
export { movePictures, type PictureRow, picturesOf, releasePictures } from './keep-picture.ts'
export { type PictureOwners, pictureRoutes } from './routes.ts'
export { pictures } from './schema.ts'
export { takePicture } from './take-picture.ts'
export * from './words.ts'
