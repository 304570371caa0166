CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `rooms` ADD `dropped_seq` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `doc_clients` ADD `seq` integer DEFAULT 0 NOT NULL;