import { testPreview } from './preview.ts';

testPreview('el9');
