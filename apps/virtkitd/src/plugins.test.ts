import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { apiVersion } from '@virtkit/core';
import { pluginSources } from './plugins.js';

const directories = { config: '/c', state: '/s', run: '/r', log: '/l', cache: '/k' };

describe('the distribution', () => {
  it('holds every plugin its package.json depends on', () => {
    const own = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const included = pluginSources(directories).flatMap((source) => (source.kind === 'given' ? [source.name] : []));
    for (const name of Object.keys(own.dependencies)) {
      const path = fileURLToPath(new URL(`../node_modules/${name}/package.json`, import.meta.url));
      if (!existsSync(path) || JSON.parse(readFileSync(path, 'utf8')).virtkit === undefined) continue;
      expect(included).toContain(name);
    }
  });

  it('knows of each which version of the plugin API it was written for, and what it contributes', () => {
    for (const source of pluginSources(directories)) {
      if (source.kind !== 'given') continue;
      expect([source.name, source.manifest.apiVersion]).toEqual([source.name, apiVersion]);
      expect(source.manifest.contributes.length).toBeGreaterThan(0);
    }
  });

  it('looks into the folder of what an operator added', () => {
    expect(pluginSources(directories).at(-1)).toEqual({ kind: 'folder', directory: '/c/plugins' });
  });
});
