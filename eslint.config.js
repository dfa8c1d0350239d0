// Typed lint only: Biome formats and holds the folder rules; this adds what needs types (floating promises above all).
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: ['dist/', 'proto/generated/', 'examples/', 'tools/', 'coverage/', '*.js', '**/*.js', '**/*.mjs'],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['test/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
);
