// VitePress' own theme, with a few distances.
import theme from 'vitepress/theme';
import './style.css';

export default theme;
