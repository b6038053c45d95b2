import './shared/plain-schemas.ts';

import { mount } from 'svelte';

import App from './App.svelte';
import { connectHost } from './backend/connect-host.ts';
import './shared/tokens.css';
import './shared/base.css';
import './shared/layout.css';

const target = document.querySelector('#app');
if (!target) throw new Error('index.html has no element #app');
mount(App, { target, props: { host: connectHost(window) } });
