import { activate } from '../i18n/i18n.ts';
import '../ui/styles/designTokens.css';
import '../ui/styles/base.css';

// As src/app/main.tsx does before it draws anything.
await activate('en');
