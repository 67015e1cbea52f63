import { createRoot } from 'react-dom/client';
import { App } from './app';
import { startTheme } from './shell/theme';
import '@atlaskit/css-reset';
import './shell/shell.css';

startTheme();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
