from omtanke.config.commandline import main

main()
