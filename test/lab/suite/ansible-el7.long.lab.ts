import { testAnsible } from './ansible.ts';

testAnsible('el7');
