// A submission that is a header, by itself: it includes what it uses.
#include KIT_SUBMISSION
