CREATE TABLE `meta` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `probes` (
	`name` text PRIMARY KEY NOT NULL,
	`data` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `doc_updates` ADD `sum` integer;--> statement-breakpoint
ALTER TABLE `doc_snapshots` ADD `sum` integer;