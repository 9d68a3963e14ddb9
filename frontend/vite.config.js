import { defineConfig } from "vite";

// Fixed names: the server gives the files entity tags, and its pages name them.
export default defineConfig({
  base: "./",
  build: {
    outDir: "dist",
    modulePreload: false,
    cssCodeSplit: false,
    target: "es2022",
    rollupOptions: {
      input: { page: "src/page.js", answer: "src/answer.js" },
      output: { entryFileNames: "[name].js", chunkFileNames: "views.js", assetFileNames: "page[extname]" },
    },
  },
});
