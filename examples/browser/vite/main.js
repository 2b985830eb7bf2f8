import '../page/main.js';
