// VitePress' own theme, with a few margins.
import theme from 'vitepress/theme';
import './style.css';

export default theme;
