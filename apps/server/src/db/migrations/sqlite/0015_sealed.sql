CREATE TABLE `sealed` (
	`meeting` text NOT NULL,
	`kind` text NOT NULL,
	`thing` text NOT NULL,
	`person` text NOT NULL,
	`content` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`meeting`, `kind`, `thing`, `person`),
	FOREIGN KEY (`meeting`) REFERENCES `meetings`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `unsealed` (
	`meeting` text NOT NULL,
	`kind` text NOT NULL,
	`thing` text NOT NULL,
	`opened_by` text NOT NULL,
	`at` integer NOT NULL,
	`result` text,
	PRIMARY KEY(`meeting`, `kind`, `thing`),
	FOREIGN KEY (`meeting`) REFERENCES `meetings`(`id`) ON UPDATE no action ON DELETE cascade
);
