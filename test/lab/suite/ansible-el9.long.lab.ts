import { testAnsible } from './ansible.ts';

testAnsible('el9');
