import type { KernelSettings } from '../../cluster/model.ts';
import { scriptFrom } from '../common/from-file.ts';
import { kernelSh } from './kernel.sh.ts';

function parameters({ sysctl = {} }: KernelSettings): string {
  return Object.entries(sysctl)
    .map(([key, value]) => `${key} ${value.trim().replace(/\s+/g, ' ')}\n`)
    .join('');
}

function limits({ limits: all = [] }: KernelSettings): string {
  return all
    .map(({ domain, type = 'both', item, value }) => {
      const kind = type === 'both' ? '-' : type;
      return `${domain} ${kind} ${item} ${value}\n`;
    })
    .join('');
}

export const script = scriptFrom(kernelSh, ({ cluster: { kernel = {} } }) => ({
  kernel_modules: [...new Set(kernel.modules)].join(' '),
  kernel_parameters: parameters(kernel),
  kernel_limits: limits(kernel),
}));
