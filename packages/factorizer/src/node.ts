export { readTeacher, readTeacherManifest, writeTeacher } from './teacher/teacher-files';
export { fileCheckpoint } from './training/file-checkpoint';
