import { describe, expect, it } from 'vitest';

import { readLaunchArguments } from '../../app/main/launch-arguments.ts';

describe('what the desktop app is started with', () => {
  it.each([
    [['/photos', 'more'], { library: '/home/data', paths: ['/photos', '/cwd/more'] }],
    [['--library', 'mine', '/photos'], { library: '/cwd/mine', paths: ['/photos'] }],
    [['--library=/mine'], { library: '/mine', paths: [] }],
    [['--no-sandbox', '--enable-features=X', '/photos'], { library: '/home/data', paths: ['/photos'] }],
    [[], { library: '/home/data', paths: [] }],
  ])('%j', (args, expected) => {
    expect(readLaunchArguments(args, '/cwd', { FAMILIAR_LIBRARY: '/home/data' })).toEqual(expected);
  });

  it('opens the library in the data folder of the platform when none is named', () => {
    expect(readLaunchArguments([], '/cwd', {}).library).toMatch(/familiar/i);
    expect(readLaunchArguments([], '/cwd', { FAMILIAR_LIBRARY: '' }).library).toMatch(/familiar/i);
  });
});
