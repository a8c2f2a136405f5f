/* Exit statuses of the command. */
#ifndef SP_STATUS_H
#define SP_STATUS_H

enum status {
	STATUS_DONE = 0,
	STATUS_PROGRAM = 1,   /* the program is refused: it has errors, or warnings that count as such */
	STATUS_USAGE = 2,     /* the command line is wrong */
	STATUS_OUTSIDE = 3,   /* AWS, the network or a file failed */
	STATUS_DIFFERENT = 4, /* --diff or --fmt --verify found differences, or an execution failed */
	STATUS_BUG = 70       /* internal error */
};

#endif
