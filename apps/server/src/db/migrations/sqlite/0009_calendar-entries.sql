CREATE TABLE `calendar_entries` (
	`name` text PRIMARY KEY NOT NULL,
	`fingerprint` text NOT NULL,
	`sequence` integer NOT NULL,
	`changed_at` integer NOT NULL
);
