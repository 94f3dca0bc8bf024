#pragma once
#include <stdio.h>
#include <pcap/pcap.h>
