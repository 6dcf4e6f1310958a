export interface Config {
  breakGlass?: {
    activity?: {
      /** CloudTrail files on disk, read with an embedded DuckDB. */
      duckdb?: {
        /**
         * Folder that holds `AWSLogs/` of a trail, or `YYYY/MM/DD/HH/` of a
         * Firehose stream. A relative path counts from the folder of
         * `app-config.yaml`. Default: `.data/cloudtrail`.
         * @visibility backend
         */
        path?: string;
        /**
         * How the files below `path` are filed. Default: `auto`, which reads
         * whatever of both lies there.
         * @visibility backend
         */
        layout?: 'trail' | 'firehose' | 'auto';
        /**
         * Several folders, instead of `path` and `layout`.
         */
        roots?: Array<{
          /**
           * As `path` above.
           * @visibility backend
           */
          path: string;
          /**
           * As `layout` above.
           * @visibility backend
           */
          layout?: 'trail' | 'firehose' | 'auto';
        }>;
        /**
         * Most memory that DuckDB may take, such as `256MB` or `2GB`.
         * Default: `256MB`.
         * @visibility backend
         */
        memoryLimit?: string;
        /**
         * Keeps days of logs in a form that is fast to search, without session
         * tokens. Off where it is not given.
         */
        cache?: {
          /**
           * Folder that nothing else uses, outside of the logs, and that only
           * the backend can write. It may be deleted at any time.
           * @visibility backend
           */
          path: string;
          /**
           * Size of the folder, such as `500MB`. Default: `2GB`.
           * @visibility backend
           */
          maxSize?: string;
        };
      };
    };
  };
}
